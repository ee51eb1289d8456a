import { UPSTREAM_IDS } from "./catalogue/shelf";
import { startDemo } from "./start-demo";

const FIRST_PORT = 4010;

const demo = await startDemo({ ports: Number(process.env.DEMO_PORT ?? FIRST_PORT) });
for (const id of UPSTREAM_IDS) console.log(`${id.padEnd(14)} ${demo.upstreams[id].baseUrl}`);
console.log(`${"faults".padEnd(14)} ${demo.control.url}\n`);
for (const [name, value] of Object.entries(demo.environment)) console.log(`${name}=${value}`);

for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => void demo.stop());
