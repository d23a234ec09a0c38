// A page that stays open outlives its session, or the person it was opened for: say so where somebody then clicks, and
// keep what they have typed in sight.
(() => {
  const GONE = {
    401: ["You are signed out. What you sent before is kept; copy what is still in the box, then sign in again. ", "How to sign in"],
    403: ["Somebody else has signed in here since this page was opened, or it is not yours to open any more. ", "Start page"],
  };
  const ask = window.fetch;
  window.fetch = async (...request) => {
    const response = await ask(...request);
    if (GONE[response.status] && !document.querySelector(".vl-gone")) {
      const bar = document.createElement("div");
      bar.className = "vl-gone";
      bar.setAttribute("role", "alert");
      const words = document.createElement("span");
      words.textContent = GONE[response.status][0];
      const way = document.createElement("a");
      way.href = "/";
      way.textContent = GONE[response.status][1];
      bar.append(words, way);
      document.body.append(bar);
    }
    return response;
  };
})();
