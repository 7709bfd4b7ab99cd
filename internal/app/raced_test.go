//go:build race

package app

// raced says that the race detector is there, which needs memory of its own.
const raced = true
