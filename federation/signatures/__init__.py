"""
Electronic signatures on papers: PAdES (B-B, offline), by a certificate of the signer's own; the only place that knows
pyHanko.

A signature is added behind the bytes of the paper (an incremental update), so the paper itself and every earlier
signature stay as they are. Importing this is cheap; the engine is loaded by the first signature.
"""

from federation.signatures.additions import only_signed_since
from federation.signatures.reading import SignatureFacts, roots_of, signatures
from federation.signatures.signing import Signed, needs_passphrase, sign

__all__ = ["SignatureFacts", "Signed", "needs_passphrase", "only_signed_since", "roots_of", "sign", "signatures"]
