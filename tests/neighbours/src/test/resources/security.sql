CREATE TABLE users (username VARCHAR(50) PRIMARY KEY, password VARCHAR(500) NOT NULL, enabled BOOLEAN NOT NULL) ENGINE=InnoDB;
CREATE TABLE authorities (username VARCHAR(50) NOT NULL, authority VARCHAR(50) NOT NULL, PRIMARY KEY (username, authority)) ENGINE=InnoDB;
CREATE TABLE persistent_logins (username VARCHAR(64) NOT NULL, series VARCHAR(64) PRIMARY KEY, token VARCHAR(64) NOT NULL, last_used TIMESTAMP NOT NULL) ENGINE=InnoDB;
CREATE TABLE audit (id INT AUTO_INCREMENT PRIMARY KEY, text VARCHAR(100) NOT NULL) ENGINE=InnoDB;
INSERT INTO users (username, password, enabled) VALUES ('ann', '{noop}secret', TRUE);
INSERT INTO authorities (username, authority) VALUES ('ann', 'ROLE_USER');
