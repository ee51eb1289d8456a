import type { App } from "./start-app";

export interface Answer<Body = unknown> {
  status: number;
  headers: Headers;
  body: Body;
}

export interface Api {
  get<Body = unknown>(path: string, headers?: Record<string, string>): Promise<Answer<Body>>;
  send<Body = unknown>(
    method: string,
    path: string,
    body?: unknown,
    headers?: Record<string, string>,
  ): Promise<Answer<Body>>;
}

/** The REST API as this user's script sees it, with a key made on the command line. */
export async function apiOf(app: App, email: string, scopes?: string): Promise<Api> {
  const limited = scopes ? ["--scopes", scopes] : [];
  const key = (await app.admin("api-key", "create", "--user", email, "--name", "test", ...limited)).trim();
  return api(app.url, { "X-Api-Key": key });
}

export function api(url: string, credentials: Record<string, string> = {}): Api {
  async function send<Body>(
    method: string,
    path: string,
    body?: unknown,
    headers: Record<string, string> = {},
  ): Promise<Answer<Body>> {
    const response = await fetch(url + path, {
      method,
      redirect: "manual",
      headers: { ...credentials, ...(body === undefined ? {} : { "Content-Type": "application/json" }), ...headers },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    const isJson = /json/.test(response.headers.get("content-type") ?? "");
    // Safe because a test says what shape it goes on to assert.
    return {
      status: response.status,
      headers: response.headers,
      body: (isJson && text ? JSON.parse(text) : text) as Body,
    };
  }
  return { get: (path, headers) => send("GET", path, undefined, headers), send };
}
