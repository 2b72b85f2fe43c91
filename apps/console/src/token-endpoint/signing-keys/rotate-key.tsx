import { ReasonButton } from '../../shared/reason-button.js';
import { useApi } from '../../shared/use-api.js';

/** Brings a new key: in good order, or because a key is in the wrong hands. */
export const RotateKey = () => {
  const { rotateSigningKey } = useApi();
  return (
    <>
      <ReasonButton
        label="Rotate…"
        action="rotate"
        subject="SigningKey"
        what="rotate the keys"
        title="Rotate the signing key?"
        verb="Rotate"
        verbing="Rotating"
        act={(reason) => rotateSigningKey({ reason, compromised: false })}
        done="A new key is published; it takes over the signing."
      >
        A new key is published and takes over once those who check our tokens can know it. Tokens
        that the old one signed stay good until they end: nobody notices.
      </ReasonButton>
      <ReasonButton
        label="Compromised…"
        action="rotate"
        subject="SigningKey"
        title="Withdraw every key at once?"
        verb="Withdraw all keys"
        verbing="Withdrawing"
        isDangerous
        act={(reason) => rotateSigningKey({ reason, compromised: true })}
        done="Every key is withdrawn; a new one signs."
      >
        For when somebody else may have a key. Every token that we ever signed is invalid from now
        on: agents that came with one are rejected until they ask for another.
      </ReasonButton>
    </>
  );
};
