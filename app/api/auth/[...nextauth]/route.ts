import NextAuth from "next-auth";
import { toAuthOptions } from "@/lib/accounts/auth-options";
import { trustRequestHost } from "@/lib/env";
import { getEdgeContext } from "@/lib/http/edge-context";
import { otherMethods } from "@/lib/http/other-methods";

interface Context {
  params: Promise<{ nextauth: string[] }>;
}

// Safe because next-auth's handler answers a Request with a Response when its second argument has params.
const nextAuth = NextAuth as unknown as (
  request: Request,
  context: Context,
  options: ReturnType<typeof toAuthOptions>,
) => Promise<Response>;

async function answer(request: Request, context: Context): Promise<Response> {
  trustRequestHost();
  return nextAuth(request, context, toAuthOptions(request.headers, getEdgeContext()));
}

export { answer as GET, answer as POST };
export const { OPTIONS, PUT, PATCH, DELETE } = otherMethods({ GET: answer, POST: answer });
