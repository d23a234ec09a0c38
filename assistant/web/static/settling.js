// A line's form is sent by itself; what comes back, the line or all lines, is put in place and said to who listens.
(() => {
  const squeezed = (words) => words.replace(/\s+/g, " ").trim();
  const put = (form, answer) => {
    const whole = answer.querySelector(".vl-before");
    if (!whole) {
      const line = answer.querySelector(".vl-line");
      form.closest(".vl-line").replaceWith(line);
      return line;
    }
    form.closest(".vl-before").replaceWith(whole);
    if (form.matches("[data-whole]")) document.getElementById("vl-again")?.click(); // the conversation above changes, too
    const number = form.querySelector("[name=number]").value;
    return whole.querySelector(`[data-line="${number}"]`) || whole;
  };
  document.addEventListener("submit", async (event) => {
    const form = event.target;
    if (!(form instanceof HTMLFormElement) || !form.matches(".vl-settle")) return;
    event.preventDefault();
    const problem = form.querySelector(".vl-problem");
    const data = new FormData(form, event.submitter);
    const buttons = form.querySelectorAll("button");
    buttons.forEach((button) => { button.disabled = true; });
    problem.textContent = "";
    try {
      const response = await fetch(form.getAttribute("action"), { method: "POST", body: new URLSearchParams(data) });
      if (!response.ok) {
        const told = await response.json().catch(() => ({}));
        throw new Error(typeof told.detail === "string" ? told.detail : "");
      }
      const shown = put(form, new DOMParser().parseFromString(await response.text(), "text/html"));
      const words = shown.querySelector(".vl-counts");
      words?.focus();
      const said = document.getElementById("line-said");
      if (said && words) said.textContent = squeezed(words.textContent);
    } catch (error) {
      problem.textContent = (error instanceof Error && error.name === "Error" && error.message) || "This could not be kept. Try again in a moment.";
      buttons.forEach((button) => { button.disabled = false; });
    }
  });
})();
