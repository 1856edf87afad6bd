import { sql } from "drizzle-orm";
import {
  boolean,
  check,
  index,
  integer,
  jsonb,
  numeric,
  pgEnum,
  pgTable,
  primaryKey,
  text,
  timestamp,
  uniqueIndex,
  varchar,
} from "drizzle-orm/pg-core";

export const orderState = pgEnum("order_state", ["open", "paid", "sent", "returned"]);

export const customer = pgTable(
  "customer",
  {
    id: integer().primaryKey().generatedAlwaysAsIdentity(),
    email: varchar({ length: 255 }).notNull(),
    name: text().notNull(),
    settings: jsonb().notNull().default({}),
  },
  (table) => [uniqueIndex("customer_email").on(sql`lower(${table.email})`)],
);

export const product = pgTable(
  "product",
  {
    id: integer().primaryKey().generatedAlwaysAsIdentity(),
    sku: varchar({ length: 20 }).notNull().unique("one_product"),
    title: text().notNull(),
    price: numeric({ precision: 10, scale: 2 }).notNull(),
    isSold: boolean("is_sold").notNull().default(true),
  },
  (table) => [check("price_is_positive", sql`${table.price} > 0`)],
);

export const order = pgTable(
  "order",
  {
    id: integer().primaryKey().generatedAlwaysAsIdentity(),
    customerId: integer("customer_id")
      .notNull()
      .references(() => customer.id),
    state: orderState().notNull().default("open"),
    orderedAt: timestamp("ordered_at", { withTimezone: true }).notNull().defaultNow(),
    note: text(),
  },
  (table) => [index("order_of_customer").on(table.customerId, table.orderedAt.desc())],
);

export const orderLine = pgTable(
  "order_line",
  {
    orderId: integer("order_id")
      .notNull()
      .references(() => order.id, { onDelete: "cascade" }),
    productId: integer("product_id")
      .notNull()
      .references(() => product.id),
    pieces: integer().notNull(),
    price: numeric({ precision: 10, scale: 2 }).notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.orderId, table.productId] }),
    index("order_line_of_product").on(table.productId),
  ],
);
