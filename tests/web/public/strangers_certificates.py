"""What the walk over all addresses has to know of checking certificates."""

PUBLIC = {
    "public:verify": "checking a certificate needs no sign-in",
    "public:verified": "for whoever has the number; it cannot be guessed and is rate-limited",
    "public:badge_keys": "the public key that badges are checked with",
    "public:badge_achievement": "what a badge was given for; badges point at it",
    "public:badge_issuer": "who issued a badge; badges point at it",
    "public:badge_did": "where the key of an issuer is found by its name",
    "public:badge_status": "which badges no longer stand, as numbers in a list",
}
