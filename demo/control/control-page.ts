import { DEFAULTS, FAULT_KINDS } from "../faults";

/** The page at `/` of the control API: one row per upstream, one button per fault. */
export function controlPage(ids: readonly string[]): string {
  const buttons = (id: string) =>
    FAULT_KINDS.map((kind) => `<button type="button" data-id="${id}" data-kind="${kind}">${kind}</button>`).join(" ");
  const rows = ids
    .map((id) => `<section id="${id}"><h2>${id} <small></small></h2><p>${buttons(id)}</p></section>`)
    .join("\n");
  return `<!DOCTYPE html>
<html lang="en"><meta charset="utf-8"><title>Faults to play with</title>
<style>
:root { color-scheme: light dark; font: 15px/1.5 system-ui, sans-serif }
body { max-width: 70rem; margin: 2rem auto; padding: 0 1rem }
h2 { margin: 1.5rem 0 .25rem; font-size: 1.05rem } small { font-weight: 400; opacity: .7 }
button { font: inherit; padding: .15rem .6rem; margin: .1rem 0; cursor: pointer }
button[aria-pressed=true] { background: #b45309; color: #fff }
</style>
<h1>Faults to play with</h1>
<p><label>wait <input id="ms" type="number" value="${DEFAULTS.ms}"> ms (slow)</label>
<label>fail <input id="percent" type="number" value="${DEFAULTS.percent}"> % (flaky)</label>
<label>hint <input id="afterSeconds" type="number" value="${DEFAULTS.afterSeconds}"> s (429, 503)</label>
<button type="button" id="clear">clear all</button></p>
${rows}
<script type="module">
const number = (id) => Number(document.getElementById(id).value);
async function show() {
  for (const upstream of await (await fetch("/upstreams")).json()) {
    const section = document.getElementById(upstream.id);
    section.querySelector("small").textContent = upstream.baseUrl + " · " + upstream.calls + " calls";
    for (const button of section.querySelectorAll("button"))
      button.setAttribute("aria-pressed", String(button.dataset.kind === upstream.fault.kind));
  }
}
document.addEventListener("click", async ({ target }) => {
  if (target.id === "clear") await fetch("/upstreams", { method: "DELETE" });
  else if (target.dataset.kind) {
    const fault = { kind: target.dataset.kind, ms: number("ms"), percent: number("percent"), afterSeconds: number("afterSeconds") };
    await fetch("/upstreams/" + target.dataset.id + "/fault", { method: "PUT", body: JSON.stringify(fault) });
  }
  await show();
});
await show();
setInterval(show, 1000);
</script></html>`;
}
