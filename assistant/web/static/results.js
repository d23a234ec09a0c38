// Gradio's script stops reading a stream of results as soon as it learns that it ends, and takes its own stop for a lost
// connection: what came just before is then dropped or misread. Here a stream is read to its end, which follows at once.
(() => {
  const RESULTS = "/gradio_api/queue/data";
  const ask = window.fetch;
  window.fetch = (request, more) => {
    if (!(request instanceof Request) || !new URL(request.url).pathname.endsWith(RESULTS)) return ask(request, more);
    return ask(request.url, { headers: request.headers, credentials: request.credentials });
  };
})();
