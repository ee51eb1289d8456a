import { startDemo } from "./start-demo";
import { SIMULATED_IDS } from "./upstreams/service-ids";

const FIRST_PORT = 4010;

const demo = await startDemo({ ports: Number(process.env.DEMO_PORT ?? FIRST_PORT) });
for (const id of SIMULATED_IDS) console.log(`${id.padEnd(24)} ${demo.upstreams[id].baseUrl}`);
console.log(`${"faults".padEnd(24)} ${demo.control.url}\n`);
for (const [name, value] of Object.entries(demo.environment)) console.log(`${name}=${value}`);

for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => void demo.stop());
