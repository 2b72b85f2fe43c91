-- Whom an alarm concerns: they do not set it aside. Of older alarms only the person they are about is known.
ALTER TABLE "alarm" ADD COLUMN "concerned_ids" UUID[] DEFAULT ARRAY[]::UUID[];
