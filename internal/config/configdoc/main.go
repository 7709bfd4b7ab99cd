// Command configdoc writes docs/configuration.md.
package main

import (
	"fmt"
	"os"

	"github.com/rung-app/rung/internal/config"
)

func main() {
	if err := os.WriteFile(os.Args[1], []byte(config.Document()), 0o644); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}
