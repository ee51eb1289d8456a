-- AlterTable
ALTER TABLE "ProviderSample" ADD COLUMN "nth" INTEGER;

-- Fill
UPDATE "ProviderSample" SET "nth" = numbered."nth"
FROM (SELECT "id", row_number() OVER (PARTITION BY "providerKey", "at" ORDER BY "id")::INTEGER AS "nth" FROM "ProviderSample") AS numbered
WHERE numbered."id" = "ProviderSample"."id";

-- DropIndex
DROP INDEX "ProviderSample_providerKey_at_idx";

-- AlterTable
ALTER TABLE "ProviderSample" ALTER COLUMN "nth" SET NOT NULL,
DROP CONSTRAINT "ProviderSample_pkey",
DROP COLUMN "id",
ADD CONSTRAINT "ProviderSample_pkey" PRIMARY KEY ("providerKey", "at", "nth");

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
    "classes" BYTEA NOT NULL,
    "histogram" BYTEA NOT NULL,

    CONSTRAINT "ProviderRollup_pkey" PRIMARY KEY ("providerKey", "step", "bucket")
);

-- CreateTable
CREATE TABLE "ProviderEvent" (
    "id" BIGINT NOT NULL,
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
    "text" TEXT NOT NULL,

    CONSTRAINT "ProviderEvent_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "ProviderEvent_providerId_id_idx" ON "ProviderEvent"("providerId", "id");
