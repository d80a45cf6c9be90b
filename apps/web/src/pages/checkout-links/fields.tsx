/** The plain fields of the form. */
import type { ReactNode } from 'react'

interface TextFieldProps {
  readonly id: string
  readonly type?: 'text' | 'url'
  readonly label: string
  readonly hint: string
  readonly value: string
  readonly problem: string | undefined
  readonly onChange: (value: string) => void
}

export function TextField(props: TextFieldProps): ReactNode {
  const { id, type = 'text', label, hint, value, problem, onChange } = props
  const [hintId, problemId] = [`${id}-hint`, `${id}-problem`]
  return (
    <div className="pc-field">
      <label htmlFor={id}>{label}</label>
      <small id={hintId} className="pc-muted">
        {hint}
      </small>
      <input
        id={id}
        type={type}
        className="pc-input"
        autoComplete="off"
        value={value}
        aria-invalid={problem === undefined ? undefined : true}
        aria-describedby={problem === undefined ? hintId : `${hintId} ${problemId}`}
        onChange={(event) => onChange(event.target.value)}
      />
      {problem !== undefined && (
        <p id={problemId} className="pc-problem">
          {problem}
        </p>
      )}
    </div>
  )
}

interface CheckProps {
  readonly label: string
  readonly checked: boolean
  readonly onChange: (checked: boolean) => void
}

export function Check({ label, checked, onChange }: CheckProps): ReactNode {
  return (
    <div>
      <label className="pc-check">
        <input
          type="checkbox"
          checked={checked}
          onChange={(event) => onChange(event.currentTarget.checked)}
        />
        <span>{label}</span>
      </label>
    </div>
  )
}
