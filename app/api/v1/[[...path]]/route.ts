import { AppError } from "@/lib/errors";
import { problemResponse } from "@/lib/http/problem";
import { toRequestId } from "@/lib/http/request-id";

/** Every address of the API that no route has, with any method. */
function answer(request: Request): Response {
  const at = { instance: new URL(request.url).pathname, requestId: toRequestId(request.headers) };
  return problemResponse(new AppError("not_found", "There is nothing at this address."), at);
}

export {
  answer as DELETE,
  answer as GET,
  answer as HEAD,
  answer as OPTIONS,
  answer as PATCH,
  answer as POST,
  answer as PUT,
};
