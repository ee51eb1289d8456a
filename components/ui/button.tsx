import type { ComponentProps } from "react";
import { type ButtonLook, buttonClass } from "./button-class";
import { classNames } from "./class-names";
import { Spinner } from "./spinner";

interface ButtonProps extends ComponentProps<"button">, ButtonLook {
  /** Work is under way: shows a spinner and takes no second click, without losing focus. */
  busy?: boolean;
}

export function Button({ variant, size, busy = false, type = "button", className, children, ...rest }: ButtonProps) {
  return (
    <button
      {...rest}
      {...(busy ? { "aria-busy": true, "aria-disabled": true, onClick: (event) => event.preventDefault() } : {})}
      type={type}
      className={classNames(buttonClass({ variant, size }), className)}
    >
      {busy ? <Spinner /> : null}
      {children}
    </button>
  );
}
