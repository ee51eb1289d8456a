import { AppError } from "@/lib/errors";
import { carriesBearer } from "@/lib/http/bearer";
import { route } from "@/lib/http/route";
import { getRuntime } from "@/lib/runtime";

export const dynamic = "force-dynamic";

export const GET = route(
  { access: "public", summary: "Prometheus metrics", tag: "System", produces: "text/plain" },
  async ({ viewer, request }) => {
    const { env, metrics } = getRuntime();
    if (!metrics.enabled) throw new AppError("not_found", "Metrics are switched off.");
    const hasKey = viewer?.credential.kind === "key" && viewer.credential.scopes.includes("metrics");
    if (env.METRICS_TOKEN && !hasKey && !carriesBearer(request, env.METRICS_TOKEN)) {
      throw new AppError("unauthenticated", "Send the metrics token as a bearer token.");
    }
    const { contentType, text } = await metrics.generateMetrics();
    return new Response(text, { headers: { "Content-Type": contentType, "Cache-Control": "no-store" } });
  },
);
