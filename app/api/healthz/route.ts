/** Liveness: this process answers. No I/O, no authentication. */
export function GET(): Response {
  return Response.json({ status: "ok" });
}

export const dynamic = "force-dynamic";
