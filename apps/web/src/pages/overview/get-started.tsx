/** The first steps of a shop that has sold nothing yet. They replace charts without a sale. */
import { useConnection, usePolar } from '@polar-connect/react'
import { useQuery } from '@tanstack/react-query'
import { useId, type ReactNode } from 'react'
import { useOrganizationFilter } from '../../data/organization-filter.ts'
import { useSession } from '../../data/use-session.ts'
import { useMessages } from '../../messages/use-messages.ts'
import { Icon } from '../../parts/icon.tsx'
import { CreateCheckoutLink } from '../../resources/checkout-links/create-checkout-link.tsx'
import { CreateProduct } from '../../resources/products/create-product.tsx'
import { QuerySection } from '../../states/query-section.tsx'

export function GetStarted({ onHide }: { readonly onHide: () => void }): ReactNode {
  const words = useMessages().overview.getStarted
  const { server } = useSession()
  const query = useMade()
  const id = useId()
  const toTest = server !== undefined && server.name !== 'production'
  return (
    <section className="pc-card" aria-labelledby={id}>
      <div className="pc-section-head">
        <h2 id={id}>{words.title}</h2>
        <button type="button" className="pc-button pc-button--quiet" onClick={onHide}>
          {words.hide}
        </button>
      </div>
      <QuerySection query={query} thing={words.thing} rows={4}>
        {({ product, link }) => (
          <ol className="pc-steps">
            <Step done title={words.connect} />
            <Step done={product} title={words.product}>
              <CreateProduct />
            </Step>
            <Step done={link} title={words.link}>
              {product && <CreateCheckoutLink />}
            </Step>
            <Step title={words.order}>{toTest ? words.payToTest : words.share}</Step>
          </ol>
        )}
      </QuerySection>
    </section>
  )
}

interface StepProps {
  readonly done?: boolean
  readonly title: string
  /** How to do it. */
  readonly children?: ReactNode
}

function Step({ done = false, title, children }: StepProps): ReactNode {
  const words = useMessages().overview.getStarted
  return (
    <li className={done ? 'pc-step--done' : undefined}>
      <span className="pc-step__mark" aria-hidden="true">
        {done && <Icon name="check" size={16} />}
      </span>
      <span>{title}</span>
      <span className="pc-step__way">{done ? words.done : children}</span>
    </li>
  )
}

/** Whether there is a product and a link. Never cached: both are also made in Polar. */
function useMade() {
  const polar = usePolar()
  const { connection } = useConnection()
  const organization = useOrganizationFilter()
  return useQuery({
    queryKey: ['made', connection?.id, organization],
    queryFn: async () => {
      const [products, links] = await Promise.all([
        polar.products.list({ ...organization, limit: 1 }),
        polar.checkoutLinks.list({ ...organization, limit: 1 }),
      ])
      return { product: products.items.length > 0, link: links.items.length > 0 }
    },
    staleTime: 0,
  })
}
