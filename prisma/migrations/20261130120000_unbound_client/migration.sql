-- CreateTable
CREATE TABLE "unbound_client" (
    "issuer_id" UUID NOT NULL,
    "client_id" TEXT NOT NULL,
    "unbound_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "unbound_client_pkey" PRIMARY KEY ("issuer_id","client_id")
);

-- AddForeignKey
ALTER TABLE "unbound_client" ADD CONSTRAINT "unbound_client_issuer_id_fkey" FOREIGN KEY ("issuer_id") REFERENCES "issuer"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
