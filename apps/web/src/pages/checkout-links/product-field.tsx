/** The products that a link sells: a few as a list, many with a search above them. */
import { useId, useState, type ReactNode } from 'react'
import { useProductChoices, type ProductChoice } from '../../data/use-product-choices.ts'
import { shortId } from '../../format/id.ts'
import { useLocale } from '../../messages/use-locale.ts'
import { useMessages } from '../../messages/use-messages.ts'
import { SearchBox } from '../../parts/search-box.tsx'
import { products as resource } from '../../resources/products.tsx'
import { describePrice } from '../../resources/products/price.ts'
import { useRecord } from '../../resources/use-resource.ts'
import { QuerySection } from '../../states/query-section.tsx'

/** With more than these, people search instead of looking through the list. */
const LOOKED_THROUGH = 8

interface ProductFieldProps {
  readonly id: string
  readonly chosen: readonly string[]
  readonly onChange: (chosen: readonly string[]) => void
  /** What is wrong with the choice. */
  readonly problem: string | undefined
}

export function ProductField({ id, chosen, onChange, problem }: ProductFieldProps): ReactNode {
  const { checkoutLinks: words, products } = useMessages()
  const [search, setSearch] = useState('')
  const all = useProductChoices()
  // If all products fit into one answer, the search runs here.
  const beyond = all.data?.more === true ? search : ''
  const query = useProductChoices({ search: beyond })
  const problemId = `${id}-problem`

  function toggle(product: string, taken: boolean): void {
    onChange(taken ? [...chosen, product] : chosen.filter((other) => other !== product))
  }

  return (
    <fieldset
      id={id}
      className="pc-choices pc-products"
      tabIndex={-1}
      aria-invalid={problem === undefined ? undefined : true}
      aria-describedby={problem === undefined ? undefined : problemId}
    >
      <legend>
        <span>{words.products}</span> <span className="pc-muted">{words.required}</span>
      </legend>
      {problem !== undefined && (
        <p id={problemId} className="pc-problem">
          {problem}
        </p>
      )}
      <QuerySection query={query} thing={products.thing} rows={4}>
        {({ choices, more }) => {
          const many = (all.data?.choices.length ?? 0) > LOOKED_THROUGH
          const shown = narrow(choices, search, chosen)
          const elsewhere = chosen.filter((each) => !choices.some((choice) => choice.id === each))
          return (
            <>
              {many && (
                <SearchBox label={words.search} hint="" value={search} onSearch={setSearch} />
              )}
              <div className="pc-products__list">
                {elsewhere.map((each) => (
                  <KnownProduct key={each} id={each} onDrop={() => toggle(each, false)} />
                ))}
                {shown.map((choice) => (
                  <Choice
                    key={choice.id}
                    choice={choice}
                    checked={chosen.includes(choice.id)}
                    onChange={(taken) => toggle(choice.id, taken)}
                  />
                ))}
              </div>
              {shown.length === 0 && <p className="pc-muted pc-small">{words.noMatch}</p>}
              {more && <p className="pc-muted pc-small">{words.more}</p>}
            </>
          )
        }}
      </QuerySection>
    </fieldset>
  )
}

/** Products with `search` in their names, and the chosen ones: a choice always stays visible. */
function narrow(
  choices: readonly ProductChoice[],
  search: string,
  chosen: readonly string[],
): readonly ProductChoice[] {
  const wanted = search.toLowerCase()
  return choices.filter(
    ({ id, name }) => chosen.includes(id) || name.toLowerCase().includes(wanted),
  )
}

interface ChoiceProps {
  /** Without its product until that is known. */
  readonly choice: Pick<ProductChoice, 'id' | 'name'> & Partial<ProductChoice>
  readonly checked: boolean
  readonly onChange: (taken: boolean) => void
}

function Choice({ choice, checked, onChange }: ChoiceProps): ReactNode {
  const id = useId()
  return (
    <label className="pc-choice">
      <input
        type="checkbox"
        aria-labelledby={`${id}-name`}
        aria-describedby={`${id}-price`}
        checked={checked}
        onChange={(event) => onChange(event.currentTarget.checked)}
      />
      <bdi id={`${id}-name`}>{choice.name}</bdi>
      <small id={`${id}-price`}>{choice.product && <Price product={choice.product} />}</small>
    </label>
  )
}

function Price({ product }: Pick<ProductChoice, 'product'>): ReactNode {
  const messages = useMessages()
  const price = describePrice(product, messages, useLocale())
  return price
}

/** Chosen, and not in the list: its name is loaded. */
function KnownProduct({ id, onDrop }: { readonly id: string; readonly onDrop: () => void }) {
  const { data } = useRecord(resource, id)
  return (
    <Choice
      choice={{ id, name: data?.name ?? shortId(id), ...(data && { product: data }) }}
      checked
      onChange={onDrop}
    />
  )
}
