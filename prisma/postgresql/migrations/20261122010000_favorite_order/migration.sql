-- AlterTable
ALTER TABLE "Favorite" ADD COLUMN "sortYear" INTEGER;

-- Fill
UPDATE "Favorite" SET "sortYear" = (SELECT "year" FROM "Title" WHERE "Title"."id" = "Favorite"."titleId");

-- DropIndex
DROP INDEX "Favorite_userId_isFavorite_createdAt_idx";

-- DropIndex
DROP INDEX "Favorite_userId_isFavorite_updatedAt_idx";

-- DropIndex
DROP INDEX "Favorite_userId_isFavorite_sortTitle_idx";

-- DropIndex
DROP INDEX "Favorite_userId_isFavorite_ratingHalves_idx";

-- DropIndex
DROP INDEX "TitleSource_titleId_idx";

-- CreateIndex
CREATE INDEX "Favorite_userId_isFavorite_createdAt_id_idx" ON "Favorite"("userId", "isFavorite", "createdAt", "id");

-- CreateIndex
CREATE INDEX "Favorite_userId_isFavorite_updatedAt_id_idx" ON "Favorite"("userId", "isFavorite", "updatedAt", "id");

-- CreateIndex
CREATE INDEX "Favorite_userId_isFavorite_sortTitle_id_idx" ON "Favorite"("userId", "isFavorite", "sortTitle", "id");

-- CreateIndex
CREATE INDEX "Favorite_userId_isFavorite_ratingHalves_id_idx" ON "Favorite"("userId", "isFavorite", "ratingHalves", "id");

-- CreateIndex
CREATE INDEX "Favorite_userId_isFavorite_sortYear_id_idx" ON "Favorite"("userId", "isFavorite", "sortYear", "id");

-- CreateIndex
CREATE INDEX "TitleSource_titleId_providerId_idx" ON "TitleSource"("titleId", "providerId");
