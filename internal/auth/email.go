package auth

import "github.com/rung-app/rung/internal/mail"

// NormalizeEmail gives the one spelling under which an address is kept and compared, and reports false for what is none;
// see mail.NormalizeAddress.
func NormalizeEmail(s string) (string, bool) { return mail.NormalizeAddress(s) }
