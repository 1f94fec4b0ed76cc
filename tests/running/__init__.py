"""How the tests run: forked local runs, the split among workers, temporary files, what each file took."""
