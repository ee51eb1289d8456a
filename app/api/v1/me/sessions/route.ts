import { z } from "zod";
import { listSessions } from "@/lib/db/sessions";
import { sessionSchema, toSessionDto } from "@/lib/http/dto/accounts";
import { getEdgeContext } from "@/lib/http/edge-context";
import { otherMethods } from "@/lib/http/other-methods";
import { route } from "@/lib/http/route";

export const GET = route(
  { access: "user", tag: "Account", summary: "One's own sessions, last seen first", response: z.array(sessionSchema) },
  async ({ viewer }) => {
    const { db, clock } = getEdgeContext();
    const currentId = viewer.credential.kind === "session" ? viewer.credential.sessionId : null;
    const sessions = await listSessions(db.client, viewer.id, new Date(clock()));
    return sessions.map((session) => toSessionDto(session, currentId));
  },
);

export const { OPTIONS, POST, PUT, PATCH, DELETE } = otherMethods({ GET });
