// A page that stays open outlives its session, the person it was opened for, or the process that sent it: say so where somebody then clicks, and
// keep what they have typed in sight.
(() => {
  const GONE = {
    401: ["You are signed out. What you sent before is kept; copy what is still in the box, then sign in again. ", "How to sign in"],
    403: ["Somebody else has signed in here since this page was opened, or it is not yours to open any more. ", "Start page"],
    503: ["The app is being restarted. What is still in the box was not sent: copy it, reload the page in a moment, and send it again. ", "Reload"],
  };
  // A 503 without a time to wait is another one: so many people at once that the page says so by itself.
  const isGone = (response) =>
    GONE[response.status] && (response.status !== 503 || response.headers.get("retry-after"));
  const ask = window.fetch;
  window.fetch = async (...request) => {
    const response = await ask(...request);
    if (isGone(response) && !document.querySelector(".vl-gone")) {
      const bar = document.createElement("div");
      bar.className = "vl-gone";
      bar.setAttribute("role", "alert");
      const words = document.createElement("span");
      words.textContent = GONE[response.status][0];
      const way = document.createElement("a");
      way.href = response.status === 503 ? location.pathname : "/";
      way.textContent = GONE[response.status][1];
      bar.append(words, way);
      document.body.append(bar);
    }
    return response;
  };
})();
