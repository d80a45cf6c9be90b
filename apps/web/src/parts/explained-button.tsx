/**
 * A button that may not be pressed now, for a reason. It stays where it is, can be focused, and says
 * why. The keyboard would skip a `disabled` one, and no one would learn the reason.
 */
import { useId, type ComponentProps, type ReactNode } from 'react'

export interface ExplainedButtonProps extends Omit<ComponentProps<'button'>, 'onClick'> {
  /** Why not now. */
  readonly reason?: string | undefined
  /** Whether the reason is visible beside the button, or only spoken and on hover. */
  readonly reasonShown?: boolean
  readonly onClick: () => void
}

export function ExplainedButton(props: ExplainedButtonProps): ReactNode {
  const { reason, reasonShown, onClick, ...rest } = props
  const id = useId()
  const blocked = reason !== undefined
  return (
    <>
      <button
        type="button"
        className="pc-button"
        title={reasonShown ? undefined : reason}
        {...rest}
        aria-disabled={blocked || (rest['aria-disabled'] ?? false)}
        aria-describedby={
          [blocked && id, rest['aria-describedby']].filter(Boolean).join(' ') || undefined
        }
        onClick={() => {
          if (!blocked && !rest['aria-disabled']) onClick()
        }}
      />
      {blocked && (
        <span id={id} className={reasonShown ? 'pc-muted pc-small' : 'pc-visually-hidden'}>
          {reason}
        </span>
      )}
    </>
  )
}
