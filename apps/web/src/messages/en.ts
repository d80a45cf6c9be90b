/**
 * All texts of the app in English, joined from a file for each area. Each is a whole sentence with
 * named parameters: another language may need another order. The texts of errors are in the browser
 * package, by code.
 */
import { banners } from './banners.ts'
import { charts, periods } from './charts.ts'
import { checkoutLinks } from './checkout-links.ts'
import { connection } from './connection.ts'
import { list } from './counting.ts'
import { customers } from './customers.ts'
import { data } from './data.ts'
import { diagnostics } from './diagnostics.ts'
import { discounts } from './discounts.ts'
import { exporting } from './exporting.ts'
import { front } from './front.ts'
import { lists } from './lists.ts'
import { metrics } from './metrics.ts'
import { orders } from './orders.ts'
import { organizations } from './organizations.ts'
import { overview } from './overview.ts'
import { pagination } from './pagination.ts'
import { productMessages } from './products.ts'
import { profile } from './profile.ts'
import { subscriptions } from './subscriptions.ts'

export const en = {
  list,
  ...front,
  ...data,
  banners,
  overview,
  charts,
  periods,
  checkoutLinks,
  metrics,
  lists,
  exporting,
  ...productMessages,
  organizations,
  orders,
  customers,
  subscriptions,
  discounts,
  pagination,
  profile,
  connection,
  diagnostics,
}

export type Messages = typeof en
