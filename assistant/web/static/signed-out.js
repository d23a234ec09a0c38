// A page that stays open outlives its session: say so where somebody then clicks, and keep what they have typed in sight.
(() => {
  const ask = window.fetch;
  window.fetch = async (...request) => {
    const response = await ask(...request);
    if (response.status === 401 && !document.querySelector(".vl-gone")) {
      const bar = document.createElement("div");
      bar.className = "vl-gone";
      bar.setAttribute("role", "alert");
      const words = document.createElement("span");
      words.textContent = "You are signed out. What you sent before is kept; copy what is still in the box, then sign in again. ";
      const way = document.createElement("a");
      way.href = "/";
      way.textContent = "How to sign in";
      bar.append(words, way);
      document.body.append(bar);
    }
    return response;
  };
})();
