CREATE TYPE "public"."order_state" AS ENUM('open', 'paid', 'sent', 'returned');
CREATE TABLE "customer" (
	"id" integer PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "customer_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 2147483647 START WITH 1 CACHE 1),
	"email" varchar(255) NOT NULL,
	"name" text NOT NULL,
	"settings" jsonb DEFAULT '{}'::jsonb NOT NULL
);

CREATE TABLE "order" (
	"id" integer PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "order_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 2147483647 START WITH 1 CACHE 1),
	"customer_id" integer NOT NULL,
	"state" "order_state" DEFAULT 'open' NOT NULL,
	"ordered_at" timestamp with time zone DEFAULT now() NOT NULL,
	"note" text
);

CREATE TABLE "order_line" (
	"order_id" integer NOT NULL,
	"product_id" integer NOT NULL,
	"pieces" integer NOT NULL,
	"price" numeric(10, 2) NOT NULL,
	CONSTRAINT "order_line_order_id_product_id_pk" PRIMARY KEY("order_id","product_id")
);

CREATE TABLE "product" (
	"id" integer PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "product_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 2147483647 START WITH 1 CACHE 1),
	"sku" varchar(20) NOT NULL,
	"title" text NOT NULL,
	"price" numeric(10, 2) NOT NULL,
	"is_sold" boolean DEFAULT true NOT NULL,
	CONSTRAINT "one_product" UNIQUE("sku"),
	CONSTRAINT "price_is_positive" CHECK ("product"."price" > 0)
);

ALTER TABLE "order" ADD CONSTRAINT "order_customer_id_customer_id_fk" FOREIGN KEY ("customer_id") REFERENCES "public"."customer"("id") ON DELETE no action ON UPDATE no action;
ALTER TABLE "order_line" ADD CONSTRAINT "order_line_order_id_order_id_fk" FOREIGN KEY ("order_id") REFERENCES "public"."order"("id") ON DELETE cascade ON UPDATE no action;
ALTER TABLE "order_line" ADD CONSTRAINT "order_line_product_id_product_id_fk" FOREIGN KEY ("product_id") REFERENCES "public"."product"("id") ON DELETE no action ON UPDATE no action;
CREATE UNIQUE INDEX "customer_email" ON "customer" USING btree (lower("email"));
CREATE INDEX "order_of_customer" ON "order" USING btree ("customer_id","ordered_at" DESC NULLS LAST);
CREATE INDEX "order_line_of_product" ON "order_line" USING btree ("product_id");
