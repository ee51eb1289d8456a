import "server-only";
import type { DecisionEvidence, Thresholds } from "@/lib/health/engine/types";
import { EVENT_IDS_PER_MS } from "@/lib/health/event-ids";
import type { StoredEvent } from "@/lib/health/health-store";
import type { NextStep } from "@/lib/health/health-view";
import type { Client, Transaction } from "./client";
import { Prisma } from "./generated/sqlite/client";
import { inChunks } from "./in-chunks";

const KEPT_MS = 2 * 366 * 24 * 3_600_000;
const DELETED_AT_ONCE = 1000;

/** One that is there already is not written twice. */
export async function insertEvents(client: Client | Transaction, events: readonly StoredEvent[]): Promise<void> {
  for (const some of inChunks(events, 100)) {
    await client.$executeRaw`
      INSERT INTO "ProviderEvent"
        ("id", "at", "providerId", "from", "to", "rule", "evidence", "thresholds", "until", "next", "actor", "text")
      VALUES ${Prisma.join(some.map(toValues))}
      ON CONFLICT ("id") DO NOTHING`;
  }
}

function toValues(event: StoredEvent): Prisma.Sql {
  const { until, next } = event;
  return Prisma.sql`(${BigInt(event.id)}, ${BigInt(event.at)}, ${event.providerId}, ${event.from}, ${event.to}, ${event.rule},
    ${JSON.stringify(event.evidence)}, ${JSON.stringify(event.thresholds)}, ${until === null ? null : BigInt(Math.round(until))},
    ${next && JSON.stringify(next)}, ${event.actor}, ${event.text})`;
}

interface EventRange {
  /** All providers when null. */
  providerId: string | null;
  skip: number;
  limit: number;
}

/** Newest first. */
export async function listEvents(
  client: Client | Transaction,
  { providerId, skip, limit }: EventRange,
): Promise<StoredEvent[]> {
  const where = providerId === null ? {} : { providerId };
  const rows = await client.providerEvent.findMany({ where, orderBy: { id: "desc" }, skip, take: limit });
  return rows.map(toEvent);
}

export async function countEvents(client: Client | Transaction, providerId: string | null): Promise<number> {
  return client.providerEvent.count({ where: providerId === null ? {} : { providerId } });
}

/** Those of the numbers that are stored. */
export async function listWrittenIds(client: Client, ids: readonly number[]): Promise<ReadonlySet<number>> {
  const written = new Set<number>();
  for (const some of inChunks(ids)) {
    const where = { id: { in: some.map((id) => BigInt(id)) } };
    for (const { id } of await client.providerEvent.findMany({ where, select: { id: true } })) written.add(Number(id));
  }
  return written;
}

type EventRow = Awaited<ReturnType<Client["providerEvent"]["findMany"]>>[number];

/** The texts are JSON of this application's own making. */
function toEvent(row: EventRow): StoredEvent {
  return {
    id: Number(row.id),
    at: Number(row.at),
    providerId: row.providerId,
    from: row.from as StoredEvent["from"],
    to: row.to as StoredEvent["to"],
    rule: row.rule as StoredEvent["rule"],
    evidence: JSON.parse(row.evidence) as DecisionEvidence,
    thresholds: JSON.parse(row.thresholds) as Partial<Thresholds>,
    until: row.until === null ? null : Number(row.until),
    next: row.next === null ? null : (JSON.parse(row.next) as NextStep),
    actor: row.actor,
    text: row.text,
  };
}

/** Deletes what is older than two years, some at a time. */
export async function pruneEvents(client: Client, now: number): Promise<void> {
  for (;;) {
    const old = await client.providerEvent.findMany({
      where: { id: { lt: BigInt((now - KEPT_MS) * EVENT_IDS_PER_MS) } },
      orderBy: { id: "asc" },
      take: DELETED_AT_ONCE,
      select: { id: true },
    });
    await client.providerEvent.deleteMany({ where: { id: { in: old.map(({ id }) => id) } } });
    if (old.length < DELETED_AT_ONCE) break;
  }
}
