-- Rows that are looked up by provider and time alone live in their primary key: a third of the bytes, and a span is one read.

-- CreateTable
CREATE TABLE "new_ProviderSample" (
    "providerKey" INTEGER NOT NULL,
    "at" BIGINT NOT NULL,
    "nth" INTEGER NOT NULL,
    "source" INTEGER NOT NULL,
    "operation" INTEGER NOT NULL,
    "class" INTEGER NOT NULL,
    "durationMs" INTEGER NOT NULL,
    "httpStatus" INTEGER,
    "results" INTEGER,
    "errorId" INTEGER,

    PRIMARY KEY ("providerKey", "at", "nth")
) WITHOUT ROWID;

-- Fill
INSERT INTO "new_ProviderSample" ("providerKey", "at", "nth", "source", "operation", "class", "durationMs", "httpStatus", "results", "errorId")
SELECT "providerKey", "at", row_number() OVER (PARTITION BY "providerKey", "at" ORDER BY "id"), "source", "operation", "class", "durationMs", "httpStatus", "results", "errorId"
FROM "ProviderSample";

-- DropTable
DROP TABLE "ProviderSample";

-- RenameTable
ALTER TABLE "new_ProviderSample" RENAME TO "ProviderSample";

-- CreateTable
CREATE TABLE "ProviderRollup" (
    "providerKey" INTEGER NOT NULL,
    "step" INTEGER NOT NULL,
    "bucket" BIGINT NOT NULL,
    "samples" INTEGER NOT NULL,
    "successCount" INTEGER NOT NULL,
    "failureCount" INTEGER NOT NULL,
    "durationSum" BIGINT NOT NULL,
    "minMs" INTEGER,
    "maxMs" INTEGER,
    "upMs" INTEGER NOT NULL,
    "degradedMs" INTEGER NOT NULL,
    "downMs" INTEGER NOT NULL,
    "classes" BLOB NOT NULL,
    "histogram" BLOB NOT NULL,

    PRIMARY KEY ("providerKey", "step", "bucket")
) WITHOUT ROWID;

-- CreateTable
CREATE TABLE "ProviderEvent" (
    "id" BIGINT NOT NULL PRIMARY KEY,
    "at" BIGINT NOT NULL,
    "providerId" TEXT NOT NULL,
    "from" TEXT NOT NULL,
    "to" TEXT NOT NULL,
    "rule" TEXT NOT NULL,
    "evidence" TEXT NOT NULL,
    "thresholds" TEXT NOT NULL,
    "until" BIGINT,
    "next" TEXT,
    "actor" TEXT,
    "text" TEXT NOT NULL
);

-- CreateIndex
CREATE INDEX "ProviderEvent_providerId_id_idx" ON "ProviderEvent"("providerId", "id");
