print("set-up comes here")
