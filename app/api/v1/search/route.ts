import { searchAnswerSchema, searchQuerySchema, toSearchAnswer, toSearchRequest } from "@/lib/http/dto/search";
import { otherMethods } from "@/lib/http/other-methods";
import { reply } from "@/lib/http/reply";
import { route } from "@/lib/http/route";
import { getRuntime } from "@/lib/runtime";
import { couldAskNobody, retryAfterSeconds } from "@/lib/search/search-answer";

export const GET = route(
  {
    access: "user",
    scope: "search:read",
    tag: "Search",
    summary: "Search all providers, as one answer",
    description:
      "200 when at least one provider was asked; 503 with Retry-After and the same body when none could be. Works from several providers are one item.",
    query: searchQuerySchema,
    response: searchAnswerSchema,
  },
  async ({ viewer, query, requestId, signal }) => {
    const answer = await getRuntime().search.collect(toSearchRequest(query, { viewer, requestId, signal }));
    const body = toSearchAnswer(answer);
    if (!couldAskNobody(answer.providers)) return body;
    const seconds = retryAfterSeconds(answer.providers, Date.now());
    return reply({ status: 503, headers: { "Retry-After": String(seconds) }, body });
  },
);

export const { OPTIONS, POST, PUT, PATCH, DELETE } = otherMethods({ GET });
