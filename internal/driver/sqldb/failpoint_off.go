//go:build !failpoints

package sqldb

// failpoint does nothing in a program that people run; built with the tag failpoints it can end the process.
func failpoint(string) {}
