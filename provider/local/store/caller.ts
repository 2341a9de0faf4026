/** On whose behalf something happens. */
export interface Caller {
  userId: string;
  /** Null for a token without a project. */
  projectId: string | null;
  /** Lower case. */
  roles: readonly string[];
  isAdmin: boolean;
}
