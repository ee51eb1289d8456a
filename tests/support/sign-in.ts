import type { App } from "./start-app";

/** The Cookie header of a fresh session, got through next-auth's own endpoints. */
export async function sessionCookie(app: App, account: { email: string; password: string }): Promise<string> {
  const token = await fetch(`${app.url}/api/auth/csrf`);
  const csrfCookies = cookiesOf(token);
  // Safe because next-auth documents this answer.
  const { csrfToken } = (await token.json()) as { csrfToken: string };
  const answer = await fetch(`${app.url}/api/auth/callback/credentials`, {
    method: "POST",
    redirect: "manual",
    headers: { "Content-Type": "application/x-www-form-urlencoded", Cookie: csrfCookies, Origin: app.url },
    body: new URLSearchParams({ ...account, csrfToken, callbackUrl: app.url, json: "true" }),
  });
  const cookies = cookiesOf(answer);
  if (!/session/.test(cookies)) throw new Error(`No session: ${answer.status} ${await answer.text()}`);
  return cookies;
}

function cookiesOf(response: Response): string {
  return response.headers
    .getSetCookie()
    .map((cookie) => cookie.split(";")[0])
    .join("; ");
}
