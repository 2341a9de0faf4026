export type TaskStatus = "pending" | "processing" | "success" | "failure";

/** Work that goes on after its request was answered. Times are UTC with microseconds, without a zone. */
export interface Task {
  id: string;
  type: "api_image_import" | "import";
  status: TaskStatus;
  /** The project that asked for it. */
  owner: string | null;
  userId: string;
  requestId: string;
  imageId: string | null;
  input: Record<string, unknown>;
  result: Record<string, unknown> | null;
  /** Progress, or why it failed. */
  message: string;
  createdAt: string;
  updatedAt: string;
  /** When a finished task disappears. */
  expiresAt: string | null;
}
