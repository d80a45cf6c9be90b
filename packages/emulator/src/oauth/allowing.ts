/** How a person answers the consent screen. */
export interface Allowing {
  /** Who answers, by e-mail address or id. The person who is signed in by default. */
  readonly person?: string
  /**
   * Which organization the app may reach, by slug, name or id. With `sub_type=organization` the only
   * one of the person by default, otherwise all of them.
   */
  readonly organization?: string
}
