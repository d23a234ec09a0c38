// A line's form is sent by itself; the line comes back as it then is, is put in place, and is said to who listens.
(() => {
  document.addEventListener("submit", async (event) => {
    const form = event.target;
    if (!(form instanceof HTMLFormElement) || !form.matches(".vl-settle")) return;
    event.preventDefault();
    const line = form.closest(".vl-line");
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
      const parsed = new DOMParser().parseFromString(await response.text(), "text/html").querySelector(".vl-line");
      line.replaceWith(parsed);
      const words = parsed.querySelector(".vl-counts");
      words.focus();
      const said = document.getElementById("line-said");
      if (said) said.textContent = words.textContent.replace(/\s+/g, " ").trim();
    } catch (error) {
      problem.textContent = (error instanceof Error && error.name === "Error" && error.message) || "This could not be kept. Try again in a moment.";
      buttons.forEach((button) => { button.disabled = false; });
    }
  });
})();
