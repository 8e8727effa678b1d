"""E-mail: what services, councillors and staff are told, and how it goes out."""
