"""What a browser posts, read into the body that the API takes, and what each form shows. What is right or wrong the flow
alone says."""
