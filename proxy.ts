import { randomBytes } from "node:crypto";
import { type NextRequest, NextResponse } from "next/server";
import { isDevelopment } from "@/lib/env";
import { PATH_HEADER, SECURITY_HEADERS, toContentSecurityPolicy } from "@/lib/http/security-headers";

/** Headers for pages, and nothing else: who may see what is decided where the data is read, which no request can go around. */
export function proxy(request: NextRequest): NextResponse {
  const nonce = randomBytes(16).toString("base64");
  const policy = toContentSecurityPolicy(nonce, { development: isDevelopment() });
  const headers = new Headers(request.headers);
  // Next reads the nonce from here and puts it on its own scripts.
  headers.set("Content-Security-Policy", policy);
  headers.set(PATH_HEADER, request.nextUrl.pathname + request.nextUrl.search);
  const response = NextResponse.next({ request: { headers } });
  response.headers.set("Content-Security-Policy", policy);
  for (const [name, value] of Object.entries(SECURITY_HEADERS)) response.headers.set(name, value);
  return response;
}

export const config = {
  // Routes below /api set their own headers and stream: they are spared the detour. Files have no policy to follow.
  matcher: ["/((?!api/|_next/static|_next/image|icon.svg|manifest.webmanifest).*)"],
};
