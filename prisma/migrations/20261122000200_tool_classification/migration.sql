-- A classification is what people decided; until now it was what the tool server claimed of itself (ADR 11).
ALTER TABLE "tool" ADD COLUMN "classified_by_id" UUID,
    ADD COLUMN "classified_at" TIMESTAMPTZ(3);

ALTER TABLE "tool" ADD CONSTRAINT "tool_classified_by_id_fkey" FOREIGN KEY ("classified_by_id") REFERENCES "person"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- What was pinned before starts anew as libs/catalog's rules have it: at the worse of the claim and a write.
UPDATE "tool" SET "classification" = CASE
    WHEN "annotations" -> 'destructiveHint' = 'true'::jsonb THEN 'destructive'
    WHEN "annotations" -> 'destructiveHint' = 'false'::jsonb THEN 'write'
    WHEN "annotations" -> 'readOnlyHint' = 'true'::jsonb THEN 'write'
    ELSE 'destructive'
END::"tool_classification";

-- Rights may have gone: every replica judges again.
UPDATE "epoch" SET "value" = "value" + 1 WHERE EXISTS (SELECT 1 FROM "tool");
