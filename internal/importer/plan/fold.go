package plan

import "github.com/rung-app/rung/internal/text"

// Fold makes equal the names that people take for the same, as labels are told apart.
func Fold(name string) string { return text.Fold(name) }
