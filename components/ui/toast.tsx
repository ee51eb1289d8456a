"use client";

import { Toast } from "@base-ui/react/toast";
import { X } from "lucide-react";
import type { ReactNode } from "react";
import { buttonClass } from "./button-class";

const TIMEOUT_MS = 6000;

/** Stands once, in the shell. Its notices are polite, stay while pointed at, and are reached with F6. */
export function ToastProvider({ children }: { children: ReactNode }) {
  return (
    <Toast.Provider timeout={TIMEOUT_MS} limit={3}>
      {children}
      <Toast.Portal>
        <Toast.Viewport className="fixed inset-x-4 bottom-20 z-50 mx-auto flex max-w-sm flex-col gap-2 sm:right-6 sm:left-auto md:bottom-6 sm:mx-0 sm:w-sm">
          <ToastList />
        </Toast.Viewport>
      </Toast.Portal>
    </Toast.Provider>
  );
}

export interface ToastOptions {
  title: string;
  description?: string;
  /** One thing to do about it: undo, retry, open. */
  action?: { label: string; onAct: () => void };
}

/** `show` puts a notice up; it goes by itself after six seconds. */
export function useToast(): { show: (options: ToastOptions) => void } {
  const manager = Toast.useToastManager();
  return {
    show: ({ title, description, action }) => {
      const id = manager.add({
        title,
        ...(description && { description }),
        ...(action && {
          actionProps: {
            children: action.label,
            onClick: () => {
              action.onAct();
              manager.close(id);
            },
          },
        }),
      });
    },
  };
}

function ToastList() {
  const { toasts } = Toast.useToastManager();
  return toasts.map((toast) => (
    <Toast.Root
      key={toast.id}
      toast={toast}
      swipeDirection={["down", "right"]}
      className="rounded-md border border-line-strong bg-surface-3 text-ink-1 transition-opacity duration-150 data-[limited]:hidden data-[ending-style]:opacity-0 data-[starting-style]:opacity-0"
    >
      <Toast.Content className="flex items-center gap-3 py-2 pr-2 pl-4">
        <div className="min-w-0 flex-1">
          <Toast.Title className="font-medium text-sm" />
          <Toast.Description className="text-ink-2 text-sm" />
        </div>
        {toast.actionProps ? <Toast.Action className={buttonClass({ variant: "secondary", size: "sm" })} /> : null}
        <Toast.Close
          aria-label="Dismiss"
          className="touch grid size-8 place-items-center rounded-md text-ink-2 hover:text-ink-1"
        >
          <X aria-hidden="true" className="size-4" />
        </Toast.Close>
      </Toast.Content>
    </Toast.Root>
  ));
}
