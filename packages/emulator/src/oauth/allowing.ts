/** How a person answers the consent screen. */
export interface Allowing {
  /** E-mail address or ID. Default: the person who is signed in. */
  readonly person?: string
  /**
   * The organization that the app may access, by slug, name or ID. Default: all of the person. With
   * `sub_type=organization`: the person's only one.
   */
  readonly organization?: string
}
